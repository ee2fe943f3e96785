package community.cloudy.services.bind.settings;

/** Who sees a zone. */
public enum View {
  /** Those in the community's networks. */
  INTERNAL,
  /** Everybody else. */
  EXTERNAL,
  /** Everybody. */
  BOTH;

  /** Tells whether those who see {@code one}, which is not both, see this. */
  public boolean includes(View one) {
    return this == BOTH || this == one;
  }
}

package community.cloudy.services.spi;

/** The least that somebody must be allowed to use a resource. */
public enum Access {
  /** May look. */
  VIEWER,
  /** May change services. */
  OPERATOR,
  /** May change who may do what. */
  ADMIN
}

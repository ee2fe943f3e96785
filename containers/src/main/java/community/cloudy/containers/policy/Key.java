package community.cloudy.containers.policy;

import java.util.ArrayList;
import java.util.List;

/** Where a value is in a model: names, and numbers of list items. */
record Key(List<String> parts) {
  static final Key ROOT = new Key(List.of());

  Key {
    parts = List.copyOf(parts);
  }

  Key then(String part) {
    List<String> more = new ArrayList<>(parts);
    more.add(part);
    return new Key(more);
  }

  Key then(int index) {
    return then(Integer.toString(index));
  }

  @Override
  public String toString() {
    return String.join(".", parts);
  }
}

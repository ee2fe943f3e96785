package community.cloudy.containers.apps;

import java.util.List;

/**
 * An app made of another system's template.
 *
 * @param folder the app, sound by our rules
 * @param notes what was left out or changed, for whoever imports it
 */
public record Imported(AppFolder folder, List<String> notes) {
  /** Copies the list. */
  public Imported {
    notes = List.copyOf(notes);
  }
}

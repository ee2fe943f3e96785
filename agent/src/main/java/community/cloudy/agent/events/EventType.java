package community.cloudy.agent.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an event is about: part of the API, in the words of {@link #text}. */
public enum EventType {
  /** A member came, or came back. */
  MEMBER_JOIN,
  /** A member left on purpose. */
  MEMBER_LEAVE,
  /** A member stopped answering. */
  MEMBER_FAILED,
  /** A member changed its tags or address. */
  MEMBER_UPDATE,
  /** A member that had failed or left was forgotten. */
  MEMBER_REAP,
  /** Somebody sent a user event. */
  USER,
  /** Somebody asks a question that this node may answer. */
  QUERY,
  /** Another node holds this node's name, and this one stopped gossiping. */
  NAME_LOST,
  /** A service is new. */
  SERVICE_ANNOUNCE,
  /** A service, or its health, has changed. */
  SERVICE_CHANGE,
  /** A service was withdrawn, or has lapsed. */
  SERVICE_WITHDRAW,
  /** Another key signs in a node's name. */
  KEY_ALARM,
  /** A job began, or came to its end. */
  JOB,
  /** A container was made, started, ended, or changed its health. */
  CONTAINER,
  /** The container engine can be reached, or no longer. */
  ENGINE,
  /** A module's service is in another state. */
  MODULE,
  /** What a module's resources answer has changed. */
  RESOURCE;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Returns its name in the API, such as {@code member-join}. */
  public String text() {
    return text;
  }

  /**
   * Reads a name from the API.
   *
   * @throws IllegalArgumentException if there is no such type; the message lists all
   */
  public static EventType parse(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(values())
                        .map(EventType::text)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }
}

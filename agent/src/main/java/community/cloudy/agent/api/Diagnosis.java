package community.cloudy.agent.api;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that the doctor can say, in English, with places for what it has seen. Whoever speaks another
 * language knows it by its {@link #code} and says it in their own words.
 */
enum Diagnosis {
  CLOCK_RUNS(State.OK, "it says {time}", ""),
  CLOCK_OVER(State.FAILING, "it says {time}, which is over", Words.SET_CLOCK),
  CLOCK_BEHIND(State.FAILING, "it says {time}, but {file} is from later", Words.SET_CLOCK),
  CLOCK_STEPPED(
      State.FAILING, "it was set by {seconds} s since the agent started", Words.SET_CLOCK),
  DISK_ROOM(State.OK, "{free} MiB are free for {folder}", ""),
  DISK_FULL(
      State.FAILING,
      "{free} MiB are free for {folder}",
      "Make room: the node cannot keep its state soon."),
  DISK_UNKNOWN(State.UNKNOWN, "{reason}", "Check the folder of node.data."),
  MEMORY_ROOM(
      State.OK, "{available} of {total} MiB are available; the agent holds {agent} MiB", ""),
  MEMORY_SHORT(
      State.FAILING,
      "{available} of {total} MiB are available; the agent holds {agent} MiB",
      "Stop what is not needed, or limit its memory: the kernel ends something soon."),
  MEMORY_UNKNOWN(State.UNKNOWN, "{reason}", "Let the agent read /proc."),
  GOSSIP_HEARD(State.OK, Words.OTHERS, ""),
  GOSSIP_ALONE(
      State.UNKNOWN, "there is no other member, and gossip.join names none", Words.LET_THROUGH),
  GOSSIP_SILENT(State.FAILING, Words.OTHERS, Words.LET_THROUGH),
  GOSSIP_LEFT(State.FAILING, "this node is {status}", "Start the agent again to return."),
  LDAP_ANSWERED(State.OK, "it answered the last login", ""),
  LDAP_FAILING(State.FAILING, "{reason}", Words.LDAP_TEST),
  LDAP_UNUSED(State.UNKNOWN, "nobody has logged in yet", Words.LDAP_TEST),
  MODULE_WELL(State.OK, "{evidence}", ""),
  MODULE_ILL(State.FAILING, "{evidence}", "Look with: cloudy module logs {module}"),
  MODULE_UNTOLD(State.FAILING, "it is not announced: {reason}", "Mend that."),
  CONFIG_SAFE(State.OK, "nothing is unsafe", ""),
  CONFIG_NOT_OPENED(
      State.FAILING,
      "api.listen is beyond loopback without TLS, so it is not opened",
      "Set api.tls, or listen on loopback."),
  CONFIG_INSECURE(
      State.FAILING,
      "api.insecure lets passwords and tokens cross the network readable",
      "Set api.tls and take api.insecure away."),
  CONFIG_PLAIN_LDAP(
      State.FAILING,
      "auth.ldap.allow_plain lets passwords cross the network readable",
      "Use ldaps:// or start_tls, and take allow_plain away."),
  CONFIG_OPEN_GOSSIP(
      State.FAILING,
      "gossip is not encrypted: whoever reaches the port can join",
      "Make a key with cloudy keygen and name it in gossip.encrypt_key_file on all nodes."),
  CONFIG_FIRST_PASSWORD(
      State.FAILING,
      "the first admin's password still lies in a file",
      "Change it with cloudy user passwd admin; that deletes the file."),
  SECRETS_KEPT(State.OK, "only the agent's user reads what must stay secret", ""),
  SECRETS_OPEN(
      State.FAILING,
      "other users may use {files}",
      "Take their rights away: chmod go-rwx, and chown to the agent's user.");

  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  private final State state;
  private final String evidence;
  private final String remedy;

  Diagnosis(State state, String evidence, String remedy) {
    this.state = state;
    this.evidence = evidence;
    this.remedy = remedy;
  }

  /** How a check went. */
  enum State {
    /** Nothing is wrong. */
    OK,
    /** Something is, and the remedy says what to do. */
    FAILING,
    /** It could not be found out. */
    UNKNOWN
  }

  /** What is said of several. */
  private static final class Words {
    static final String SET_CLOCK =
        "Set the clock, and keep it right with an NTP client such as systemd-timesyncd.";
    static final String OTHERS = "{alive} of {others} other members are alive";
    static final String LET_THROUGH =
        "Let UDP and TCP of {bind} through, both ways, and check gossip.join and the gossip key.";
    static final String LDAP_TEST = "Run cloudy ldap test USER for each step.";
  }

  State state() {
    return state;
  }

  /** Returns its name in the API, such as {@code disk-full}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String evidence(Map<String, String> seen) {
    return filled(evidence, seen);
  }

  String remedy(Map<String, String> seen) {
    return filled(remedy, seen);
  }

  private static String filled(String text, Map<String, String> seen) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(seen.getOrDefault(place.group(1), place.group())));
  }
}

package community.cloudy.services.graphs.snmp;

import java.util.List;
import org.snmp4j.smi.VariableBinding;

/** What comes of a question. */
sealed interface Answer {
  /** The device said this; to a question for objects, just these in this order. */
  record Values(List<VariableBinding> all) implements Answer {}

  /** Nothing came in time. */
  record Silence() implements Answer {}

  /**
   * The device, or this node, will not.
   *
   * @param why for people, without the full stop
   * @param tooBig whether it may if it is asked for less
   */
  record Refusal(String why, boolean tooBig) implements Answer {}
}

package community.cloudy.services.graphs.snmp;

import java.util.List;
import org.snmp4j.smi.OID;

/**
 * What a device is asked.
 *
 * @param oids the objects, or what comes after them
 * @param repetitions how many that come after each; 0 for the objects themselves
 * @param patient whether it is repeated if no answer comes
 */
record Question(List<OID> oids, int repetitions, boolean patient) {
  Question {
    oids = List.copyOf(oids);
  }

  static Question get(List<OID> oids) {
    return new Question(oids, 0, true);
  }
}

package community.cloudy.gossip.discovery.health;

import community.cloudy.gossip.discovery.Health;

/**
 * Why a service is believed to be as it is.
 *
 * @param health what is believed, with the evidence of the last result that agrees
 * @param last the last result itself, which may contradict
 * @param ageNanos how old the last result is
 * @param inRow how many results of its kind came in a row
 */
public record Report(Health health, Health last, long ageNanos, int inRow) {}

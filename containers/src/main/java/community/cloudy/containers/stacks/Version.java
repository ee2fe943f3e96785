package community.cloudy.containers.stacks;

import java.time.Instant;

/**
 * A version of a stack's files.
 *
 * @param number from 1
 * @param at when it was made
 * @param by who made it
 * @param hash of its files
 * @param outcome what became of it: {@code applied}, or why it was not; empty while nothing did
 */
public record Version(int number, Instant at, String by, String hash, String outcome) {}

package community.cloudy.agent.api;

import community.cloudy.agent.community.Changes;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.DropIns;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.modules.ModuleHost;
import community.cloudy.agent.people.People;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the API answers from.
 *
 * @param version of the software
 * @param config what the node runs with
 * @param fingerprint of the node's public key
 * @param community the node's view of the others
 * @param changes says when that view changes
 * @param events what happened of late
 * @param people whom the node knows
 * @param containers what runs containers, if this node does
 * @param modules what manages services
 * @param dropIns writes what is changed of the configuration
 * @param clock the time of day
 * @param started when the agent started
 * @param stop asks the agent to stop; returns at once
 */
public record Node(
    String version,
    AgentConfig config,
    String fingerprint,
    Community community,
    Changes changes,
    EventLog events,
    People people,
    Optional<ContainerHost> containers,
    ModuleHost modules,
    DropIns dropIns,
    InstantSource clock,
    Instant started,
    Runnable stop) {}

package community.cloudy.agent.api;

/** What a call is answered with: all at once, or bit by bit. */
sealed interface Answer permits Reply, EventStream {}

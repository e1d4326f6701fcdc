/// The agent's storage: a log alone. What is scraped is written down for whoever sends it on, and
/// cannot be asked for.
///
/// Owns: the folder `wal/` of an agent's data folder, and what must be known to write it: each
/// series' labels, number and newest time. The door is {@link io.narthex.tsdb.agent.AgentStorage}.
///
/// Format: that of {@link io.narthex.tsdb.wal}, with no record that Prometheus' agent does not
/// know: it takes one of an unknown type for corruption and cuts the log off there. Source:
/// prometheus `tsdb/agent`.
///
/// Invariants: commits run one after another under one lock; a commit is in the log, its new series
/// first, before it is known; a series that is forgotten keeps its record in the log as long as the
/// log may have samples of it.
@NullMarked
package io.narthex.tsdb.agent;

import org.jspecify.annotations.NullMarked;

package io.narthex.tsdb.agent;

import io.narthex.tsdb.wal.WalOptions;

/// How an agent keeps what it has not sent.
///
/// @param minAgeMs samples younger than this stay in the log
/// @param maxAgeMs samples older than this go, sent or not
/// @param truncateEveryMs how often the log is shortened
/// @param outOfOrderWindowMs how much older than the newest sample of its series a sample may be; 0
///   takes none
/// @param metadataInWal whether metadata of series goes to the log; Prometheus' agent up to 3.5
///   does not read such a log
/// @param lockFile whether the folder is locked
/// @param wal how the log is written
public record AgentOptions(
    long minAgeMs,
    long maxAgeMs,
    long truncateEveryMs,
    long outOfOrderWindowMs,
    boolean metadataInWal,
    boolean lockFile,
    WalOptions wal) {

  /// The greatest age is never below the least one, as in Prometheus.
  public AgentOptions {
    if (minAgeMs < 0 || truncateEveryMs <= 0 || outOfOrderWindowMs < 0) {
      throw new IllegalArgumentException(
          "ages must not be negative: minAgeMs="
              + minAgeMs
              + " truncateEveryMs="
              + truncateEveryMs
              + " outOfOrderWindowMs="
              + outOfOrderWindowMs);
    }
    maxAgeMs = Math.max(maxAgeMs, minAgeMs);
  }

  /// Five minutes to four hours, shortened every two.
  public static AgentOptions defaults() {
    return new AgentOptions(300_000, 14_400_000, 7_200_000, 0, false, true, WalOptions.defaults());
  }
}

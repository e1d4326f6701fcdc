package io.narthex.ui;

/// How this process is doing.
///
/// @param startTimeMs start of the process, milliseconds since the Unix epoch
/// @param lastConfigTimeMs last attempt that loaded the configuration, milliseconds since the epoch
/// @param corruptionCount corruptions of the write-ahead log met since the start
/// @param heapMaxBytes upper bound of the Java heap
/// @param storageRetention as Prometheus prints it, such as `15d` or `15d or 10GiB`
public record RuntimeView(
    long startTimeMs,
    String workingDirectory,
    String hostname,
    boolean reloadConfigSuccess,
    long lastConfigTimeMs,
    long corruptionCount,
    int threadCount,
    int cores,
    long heapUsedBytes,
    long heapMaxBytes,
    String storageRetention) {}

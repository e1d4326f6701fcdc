package io.narthex.ui;

import java.util.List;

/// One line of a table of facts.
record Property(String name, String value) {

  static List<Property> of(RuntimeView runtime, long nowMs) {
    return List.of(
        new Property("Start time", HumanText.instant(runtime.startTimeMs())),
        new Property("Uptime", HumanText.span(Math.max(0, nowMs - runtime.startTimeMs()))),
        new Property("Working directory", runtime.workingDirectory()),
        new Property("Hostname", runtime.hostname()),
        new Property(
            "Configuration reload", runtime.reloadConfigSuccess() ? "Successful" : "Unsuccessful"),
        new Property(
            "Last configuration reload attempt", HumanText.instant(runtime.lastConfigTimeMs())),
        new Property("WAL corruptions", Long.toString(runtime.corruptionCount())),
        new Property("Threads", Integer.toString(runtime.threadCount())),
        new Property("Processors", Integer.toString(runtime.cores())),
        new Property(
            "Heap",
            HumanText.bytes(runtime.heapUsedBytes())
                + " of "
                + HumanText.bytes(runtime.heapMaxBytes())),
        new Property("Storage retention", runtime.storageRetention()));
  }

  static List<Property> of(BuildView build) {
    return List.of(
        new Property("Version", build.version()),
        new Property("Revision", build.revision()),
        new Property("Branch", build.branch()),
        new Property("Build user", build.buildUser()),
        new Property("Build date", build.buildDate()),
        new Property("Java version", build.javaVersion()));
  }

  static List<Property> of(TsdbStatusView status) {
    return List.of(
        new Property("Number of series", HumanText.count(status.seriesCount())),
        new Property("Number of chunks", HumanText.count(status.chunkCount())),
        new Property("Number of label pairs", HumanText.count(status.labelPairCount())),
        new Property("Head starts", HumanText.instant(status.minTimeMs())),
        new Property("Head ends", HumanText.instant(status.maxTimeMs())));
  }
}

package io.narthex.cli;

import io.narthex.exporter.node.NodeExporterOptions;
import io.narthex.role.flags.ExporterFlags;
import io.narthex.role.flags.ServerFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What parsed flags mean to an exporter.
final class ExporterFlagsReader {

  /// Flags that are not served, so they must not be believed to work.
  private static final List<String> UNSERVED = List.of("web.config.file", "web.systemd-socket");

  private final ParsedFlags flags;

  ExporterFlagsReader(ParsedFlags flags) {
    this.flags = flags;
  }

  /// @throws FlagException if the flags do not go together or nobody serves them
  ExporterFlags read() {
    for (String name : UNSERVED) {
      if (flags.isGiven(name)
          && !flags.string(name).isEmpty()
          && !flags.string(name).equals("false")) {
        throw FlagException.rule("not implemented yet: --" + name, 1);
      }
    }
    List<String> notices = new ArrayList<>();
    if (flags.isGiven("runtime.gomaxprocs")) {
      notices.add("--runtime.gomaxprocs has no effect");
    }
    try {
      return new ExporterFlags(
          flags.strings("web.listen-address"),
          flags.string("web.telemetry-path"),
          flags.count("web.max-requests"),
          !flags.bool("web.disable-exporter-metrics"),
          new ServerFlags.Log(flags.string("log.level"), flags.string("log.format").equals("json")),
          NodeExporterOptions.parse(collectors()),
          notices);
    } catch (IllegalArgumentException e) {
      throw FlagException.rule("narthex exporter: error: " + e.getMessage(), 1);
    }
  }

  /// The given flags that the collectors know.
  private Map<String, List<String>> collectors() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String name : flags.given()) {
      if (name.startsWith("collector.") || name.startsWith("path.")) {
        given.put(name, flags.strings(name));
      }
    }
    return given;
  }
}

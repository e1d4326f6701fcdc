package io.narthex.cli;

import static io.narthex.cli.FlagKind.BOOL;
import static io.narthex.cli.FlagKind.INT;
import static io.narthex.cli.FlagKind.STRING;
import static io.narthex.cli.FlagKind.STRINGS;

import io.narthex.exporter.node.NodeExporterOptions;
import io.narthex.exporter.node.NodeFlag;
import java.util.ArrayList;
import java.util.List;

/// The flags of the exporter: those of node_exporter, in its order. Source: its `--help`.
final class ExporterFlagTable {

  static final List<Flag> FLAGS = flags();

  private ExporterFlagTable() {}

  private static List<Flag> flags() {
    List<Flag> all = new ArrayList<>();
    NodeFlag.all()
        .forEach(flag -> all.add(Flag.of(flag.name(), kind(flag), value(flag), flag.help())));
    NodeExporterOptions.defaults().collectors().stream()
        .sorted()
        .forEach(name ->
            all.add(
                Flag.of("collector." + name, BOOL, "true", "Enable the " + name + " collector.")));
    web(all);
    all.add(
        Flag.of(
            "runtime.gomaxprocs",
            INT,
            "1",
            "Accepted for compatibility: the Java runtime decides."));
    all.addAll(ServerFlagTable.LOG_FLAGS);
    return List.copyOf(all);
  }

  private static void web(List<Flag> all) {
    all.add(
        Flag.of("web.telemetry-path", STRING, "/metrics", "Path under which to expose metrics."));
    all.add(
        Flag.of(
            "web.max-requests",
            INT,
            "40",
            "Maximum number of parallel scrape requests. Use 0 to disable."));
    all.add(
        Flag.of(
            "web.systemd-socket",
            BOOL,
            "",
            "Use systemd socket activation listeners instead of port listeners."));
    all.add(
        Flag.of(
            "web.listen-address",
            STRINGS,
            ":9100",
            "Addresses on which to expose metrics and web interface. Repeatable for multiple"
                + " addresses."));
    all.add(
        Flag.of(
            "web.config.file",
            STRING,
            "",
            "Path to configuration file that can enable TLS or authentication."));
  }

  private static FlagKind kind(NodeFlag flag) {
    return switch (flag.kind()) {
      case SWITCH -> BOOL;
      case TEXT, REGEX -> STRING;
      case REPEATED -> STRINGS;
    };
  }

  private static String value(NodeFlag flag) {
    return flag.value();
  }
}

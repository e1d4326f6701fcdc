package io.narthex.role.flags;

import io.narthex.exporter.node.NodeExporterOptions;
import java.util.List;

/// The command line of an exporter.
///
/// @param listenAddresses `host:port` or `:port`, at least one
/// @param telemetryPath where the metrics are, begins with a slash
/// @param maxRequests scrapes that are answered at once, 0 for any number
/// @param processMetrics whether metrics of the exporter itself stand beside those of the machine
/// @param node what is collected
/// @param notices what is accepted to no effect, for the log
public record ExporterFlags(
    List<String> listenAddresses,
    String telemetryPath,
    int maxRequests,
    boolean processMetrics,
    ServerFlags.Log log,
    NodeExporterOptions node,
    List<String> notices) {

  public ExporterFlags {
    listenAddresses = List.copyOf(listenAddresses);
    notices = List.copyOf(notices);
    if (!telemetryPath.startsWith("/")) {
      throw new IllegalArgumentException(
          "--web.telemetry-path must begin with a slash: " + telemetryPath);
    }
  }
}

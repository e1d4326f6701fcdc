package io.narthex.api;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// Turns the URL of a target as this server sees it into one that works from elsewhere: loopback
/// names become the host of the external URL. Source: prometheus `web/api/v1` `getGlobalURL`.
public final class GlobalUrl {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final URI external;
  private final List<String> listenPorts;

  /// @param external `--web.external-url`
  /// @param listenPorts ports that this server itself listens on
  public GlobalUrl(URI external, List<String> listenPorts) {
    this.external = external;
    this.listenPorts = List.copyOf(listenPorts);
  }

  public String of(String url) {
    URI target;
    try {
      target = URI.create(url);
    } catch (IllegalArgumentException e) {
      return url;
    }
    String host = target.getHost();
    if (host == null || !LOOPBACK.contains(host)) {
      return url;
    }
    String rest =
        url.substring(url.indexOf(target.getRawAuthority()) + target.getRawAuthority().length());
    if (target.getPort() >= 0 && listenPorts.contains(String.valueOf(target.getPort()))) {
      // It is this server: what is in front of it listens on the external port.
      return target.getScheme() + "://" + external.getRawAuthority() + rest;
    }
    String port = target.getPort() < 0 ? "" : ":" + target.getPort();
    return target.getScheme() + "://" + external.getHost() + port + rest;
  }
}

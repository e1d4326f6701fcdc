package io.narthex.role.config;

import io.narthex.config.Section;
import java.util.Locale;
import java.util.Set;

/// Headers of remote and tracing requests that nobody may set.
final class ReservedHeaders {

  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private ReservedHeaders() {}

  /// Checks the field `headers`.
  ///
  /// @param authorization what is said about an `authorization` header
  static void check(Section section, String authorization) {
    for (String header : section.map("headers").keySet()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.equals("authorization")) {
        throw section.error("headers", authorization);
      }
      if (RESERVED.contains(name)) {
        throw section.error("headers", header + " is a reserved header. It must not be changed");
      }
    }
  }
}

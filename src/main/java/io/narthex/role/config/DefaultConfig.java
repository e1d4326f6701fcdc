package io.narthex.role.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The configuration of a server that was given none.
public final class DefaultConfig {

  /// What places in it call the file.
  public static final String NAME = "default.yml";

  private DefaultConfig() {}

  /// The text.
  ///
  /// @param address `host:port` by which the server reaches itself
  /// @param routePrefix of its routes: `/`, or a path without a slash at its end
  public static String text(String address, String routePrefix) {
    try (InputStream in = DefaultConfig.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException("BUG: no resource " + NAME);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{{address}}", address)
          .replace("{{prefix}}", routePrefix.equals("/") ? "" : routePrefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

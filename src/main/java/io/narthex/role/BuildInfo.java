package io.narthex.role;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// What this program was built from; the build fills the file in.
///
/// @param version of Narthex
/// @param revision of the source, `unknown` where the build had none
public record BuildInfo(
    String version, String revision, String branch, String buildUser, String buildDate) {

  /// The version that `--version`, the API and the metrics tell.
  public static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("/io/narthex/build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException("BUG: build.properties cannot be read", e);
    }
    return new BuildInfo(
        text(properties, "version"),
        text(properties, "revision"),
        text(properties, "branch"),
        text(properties, "user"),
        text(properties, "date"));
  }

  private static String text(Properties properties, String key) {
    String value = properties.getProperty(key, "");
    return value.isEmpty() || value.startsWith("${") || value.startsWith("@") ? "unknown" : value;
  }

  /// Version of the Java runtime.
  public static String javaVersion() {
    return "java" + Runtime.version().toString();
  }

  /// What `--version` prints, in the manner of the field's programs.
  public String banner() {
    return "narthex, version %s (branch: %s, revision: %s)%n  build user:       %s%n  build date:       %s%n  java version:     %s%n  platform:         %s/%s%n"
        .formatted(
            version,
            branch,
            revision,
            buildUser,
            buildDate,
            Runtime.version(),
            System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
            System.getProperty("os.arch"));
  }
}

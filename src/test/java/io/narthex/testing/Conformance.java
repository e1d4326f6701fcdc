package io.narthex.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The peers' own test data. It is read in place and is not part of the project: where it is
/// absent, tests that need it are skipped and say so. Looked for in `NARTHEX_CONFORMANCE`, else in
/// `../shared/conformance` beside the checkout.
public final class Conformance {

  private Conformance() {}

  /// The file or folder `path` of the data; skips the calling test if it is not there.
  public static Path path(String path) {
    String named = System.getenv("NARTHEX_CONFORMANCE");
    Path root = named != null ? Path.of(named) : Path.of("..", "shared", "conformance");
    Path wanted = root.resolve(path);
    assumeTrue(
        Files.exists(wanted),
        () ->
            "skipped: no conformance data at "
                + wanted.toAbsolutePath()
                + " (set NARTHEX_CONFORMANCE)");
    return wanted;
  }
}

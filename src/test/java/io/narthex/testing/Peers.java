package io.narthex.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The real programs of the field, as judges. Looked for in `NARTHEX_PEERS`, else in
/// `~/.cache/narthex-peers/usr/bin`; where they are absent, tests that need them are skipped and
/// say so.
public final class Peers {

  private Peers() {}

  /// The program `name`; skips the calling test if it is not there.
  public static Path program(String name) {
    String named = System.getenv("NARTHEX_PEERS");
    Path folder =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("user.home"), ".cache/narthex-peers/usr/bin");
    Path wanted = folder.resolve(name);
    assumeTrue(
        Files.isExecutable(wanted),
        () -> "skipped: no " + name + " in " + folder + " (set NARTHEX_PEERS)");
    return wanted;
  }
}

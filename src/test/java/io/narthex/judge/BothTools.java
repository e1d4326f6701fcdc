package io.narthex.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.cli.Tools;
import io.narthex.cli.terminal.Terminal;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.testing.Peers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real promtool and our tools on the same command line. Ours run in this process; that the
/// launcher reaches them is another test's business.
final class BothTools {

  /// What a tool said.
  record Result(int exitCode, String out, String err) {}

  private final Path promtool = Peers.program("promtool");
  private final Path work;
  private final List<String> differences = new ArrayList<>();
  private int compared;

  /// @param work a folder for what is in the way
  BothTools(Path work) {
    this.work = work;
  }

  static Result narthex(String in, List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8));
    Tools tools = new Tools(Disk.system(), Clock.system(), Map.of(), "narthex", terminal);
    int exitCode = tools.run(args);
    return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  Result promtool(String in, List<String> args) {
    List<String> command = new ArrayList<>(List.of(promtool.toString()));
    command.addAll(args);
    Path input = work.resolve("promtool.in");
    Path out = work.resolve("promtool.out");
    Path err = work.resolve("promtool.err");
    try {
      Files.writeString(input, in);
      Process process =
          new ProcessBuilder(command)
              .redirectInput(input.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("promtool does not end: " + args);
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Output, errors and exit code must be the same.
  void same(String... args) {
    same("", args);
  }

  /// As above, with something to read from standard input.
  void same(String in, String[] args) {
    Result theirs = promtool(in, List.of(args));
    Result ours = narthex(in, List.of(args));
    compare(String.join(" ", args), theirs, ours);
  }

  /// Compares what both said about the same thing.
  void compare(String what, Result theirs, Result ours) {
    compared++;
    Result named = new Result(theirs.exitCode, named(theirs.out), named(theirs.err));
    if (!named.equals(ours)) {
      differences.add(what + "\n--- promtool: " + named + "\n--- narthex:  " + ours);
    }
  }

  /// Programs name themselves.
  private static String named(String text) {
    return text.replace("usage: promtool", "usage: narthex")
        .replace("promtool: error:", "narthex: error:");
  }

  /// Fails if anything differed.
  void agree(String what) {
    System.out.printf("%s: %d compared, %d differ%n", what, compared, differences.size());
    assertEquals("", String.join("\n", differences), what);
  }
}

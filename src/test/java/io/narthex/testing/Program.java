package io.narthex.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A program that runs beside a test, on loopback; ended with the test. Its output goes to a file.
public final class Program implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts `command` in the folder `work`; output is appended to `work/NAME.log`.
  public static Program start(Path work, String name, List<String> command) {
    return start(work, name, Map.of(), command);
  }

  /// The same with more variables in its environment.
  public static Program start(
      Path work, String name, Map<String, String> environment, List<String> command) {
    Path log = work.resolve(name + ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The distribution's launcher; the build has made it before integration tests run.
  public static String narthex() {
    return Path.of("target/narthex/bin/narthex").toAbsolutePath().toString();
  }

  /// A port of loopback that nobody listens on right now.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The body of a GET, whatever its status.
  public static String get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60)).build())
        .body();
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Waits until a GET of `url` answers 200.
  public Program awaitOk(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
    await(
        url + " to answer",
        60,
        () -> {
          try {
            return send(request).statusCode() == 200;
          } catch (UncheckedIOException e) {
            return false;
          }
        });
    return this;
  }

  /// Waits until `condition` holds; fails with the program's log if it does not within `seconds`.
  public void await(String what, int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      try {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "program ended with "
                  + process.exitValue()
                  + " while waiting for "
                  + what
                  + "\n"
                  + log());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + seconds + " s in vain for " + what + "\n" + log());
      }
    }
  }

  /// The most memory that it ever had, in MiB.
  public long mostMemoryMib() {
    try {
      String status = Files.readString(Path.of("/proc", process.pid() + "", "status"));
      String line = status.lines().filter(l -> l.startsWith("VmHWM:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the program has printed.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until the program has ended by itself; returns the exit code.
  public int awaitEnd() {
    end();
    return process.exitValue();
  }

  /// SIGKILL, and waits for the end.
  public void kill() {
    process.destroyForcibly();
    end();
  }

  /// SIGTERM, and waits for the end; returns the exit code.
  public int stop() {
    process.destroy();
    end();
    return process.exitValue();
  }

  private void end() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}

package io.narthex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cli.CommandLine;
import io.narthex.cli.FlagException;
import io.narthex.cli.Tools;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolLog;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.role.BuildInfo;
import io.narthex.role.ExporterMain;
import io.narthex.role.ServerMain;
import io.narthex.role.ServerRole;
import io.narthex.role.TrainingRun;
import io.narthex.role.flags.ServerFlags;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/// The program. Reads the command line; what only prints ends here, what runs is started under
/// Quarkus, which owns the event loops and the end of the process.
@QuarkusMain
public final class Narthex {

  private static final int OUTPUT_BYTES = 1 << 16;

  private Narthex() {}

  public static void main(String... args) {
    try {
      switch (read(args)) {
        case CommandLine.Print print -> {
          System.out.print(print.text());
          return;
        }
        case CommandLine.Tool tool -> {
          System.exit(run(tool));
          return;
        }
        case CommandLine.Server _, CommandLine.Exporter _ -> {}
      }
    } catch (FlagException e) {
      System.err.println(e.getMessage());
      if (e.withUsage()) {
        System.err.print(CommandLine.usage());
      }
      System.exit(e.exitCode());
    }
    Quarkus.run(Application.class, args);
  }

  private static CommandLine read(String... args) {
    return CommandLine.read(List.of(args), BuildInfo.read().banner(), hostName());
  }

  /// Tools do without Quarkus: they are to be there at once.
  private static int run(CommandLine.Tool tool) {
    ToolLog.install(System.err);
    OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BYTES);
    Terminal terminal = new Terminal(System.in, new PrintStream(out, false, UTF_8), System.err);
    Tools tools =
        new Tools(
            Disk.system(), Clock.system(), System.getenv(), BuildInfo.read().banner(), terminal);
    return tools.run(tool.args());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /// The part that runs until it is stopped.
  public static final class Application implements QuarkusApplication {

    @Inject Vertx vertx;

    @Override
    public int run(String... args) {
      return switch (read(args)) {
        case CommandLine.Server server -> serve(server.flags());
        case CommandLine.Exporter exporter ->
            ExporterMain.run(exporter.flags(), vertx, Quarkus::waitForExit);
        case CommandLine.Print _, CommandLine.Tool _ -> 0;
      };
    }

    private int serve(ServerFlags flags) {
      String training = System.getProperty("narthex.training", "");
      if (!training.isEmpty()) {
        TrainingRun.prepare(flags);
      }
      ServerMain main = new ServerMain(flags, vertx, Quarkus::asyncExit);
      ServerRole role = main.start(BuildInfo.read());
      if (role == null) {
        return main.exitCode();
      }
      try (role) {
        if (!training.isEmpty()) {
          TrainingRun.of(vertx, role.ports().getFirst(), Path.of(training));
        } else {
          Quarkus.waitForExit();
        }
      }
      main.ended();
      return 0;
    }
  }
}

package io.narthex;

import io.narthex.cli.CommandLine;
import io.narthex.cli.FlagException;
import io.narthex.role.BuildInfo;
import io.narthex.role.ExporterMain;
import io.narthex.role.ServerMain;
import io.narthex.role.ServerRole;
import io.narthex.role.TrainingRun;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/// The program. Reads the command line; what only prints ends here, what runs is started under
/// Quarkus, which owns the event loops and the end of the process.
@QuarkusMain
public final class Narthex {

  private Narthex() {}

  public static void main(String... args) {
    try {
      if (read(args) instanceof CommandLine.Print print) {
        System.out.print(print.text());
        return;
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
        case CommandLine.Server server ->
            serve(new ServerMain(server.flags(), vertx, Quarkus::asyncExit));
        case CommandLine.Exporter exporter ->
            ExporterMain.run(exporter.flags(), vertx, Quarkus::waitForExit);
        case CommandLine.Print _ -> 0;
      };
    }

    private int serve(ServerMain main) {
      ServerRole role = main.start(BuildInfo.read());
      if (role == null) {
        return main.exitCode();
      }
      try (role) {
        String training = System.getProperty("narthex.training", "");
        if (!training.isEmpty()) {
          TrainingRun.of(vertx, role.ports().getFirst(), Path.of(training));
        } else {
          Quarkus.waitForExit();
        }
      }
      return 0;
    }
  }
}

package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.config.ConfigException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.metrics.Metrics;
import io.narthex.role.config.DefaultConfig;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.config.ServerConfigReader;
import io.narthex.role.flags.ServerFlags;
import io.narthex.storage.StorageException;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import sun.misc.Signal;

/// A server as a process: its configuration file, its signals, its end.
public final class ServerMain {

  private static final Logger LOG = System.getLogger(ServerMain.class.getName());

  private final ServerFlags flags;
  private final Vertx vertx;
  private final Runnable quit;
  private int exitCode;
  private volatile boolean isUp;

  /// @param quit begins an orderly stop of the process
  public ServerMain(ServerFlags flags, Vertx vertx, Runnable quit) {
    this.flags = flags;
    this.vertx = vertx;
    this.quit = quit;
  }

  /// Starts the server. Mistakes of the user are logged in one line, and give null: the process
  /// ends with {@link #exitCode}.
  public @org.jspecify.annotations.Nullable ServerRole start(BuildInfo build) {
    LogFormat.install(flags.log().level(), flags.log().json());
    LOG.log(
        Level.INFO,
        "Starting Narthex Server version={0} revision={1}",
        build.version(),
        build.revision());
    flags.notices().forEach(n -> LOG.log(Level.INFO, "{0}", n));
    flags.warnings().forEach(w -> LOG.log(Level.WARNING, "{0}", w));
    Disk disk = Disk.system();
    onEnd("TERM", "terminated");
    onEnd("INT", "interrupt");
    try {
      ServerRole role =
          new ServerRole(
              flags,
              new ServerRole.Ground(
                  vertx, disk, Clock.system(), new Metrics(), build, config(disk), quit));
      onHangup(role);
      isUp = true;
      return role;
    } catch (ConfigException e) {
      LOG.log(
          Level.ERROR,
          "Error loading config (--config.file={0}): {1}",
          flags.config().file(),
          e.getMessage());
      exitCode = 2;
    } catch (RoleException | DiskException | StorageException e) {
      LOG.log(Level.ERROR, "{0}", e.getMessage());
      exitCode = 1;
    }
    return null;
  }

  /// The status of the process after a start that gave null: 2 for a wrong configuration, else 1.
  public int exitCode() {
    return exitCode;
  }

  private Supplier<ServerConfig> config(Disk disk) {
    ServerConfigReader reader =
        new ServerConfigReader(disk, System.getenv(), flags.configDefaults());
    String file = flags.config().file();
    if (flags.config().fileGiven() || disk.exists(java.nio.file.Path.of(file))) {
      LOG.log(Level.INFO, "Loading configuration file {0}", file);
      return () -> reader.read(file, false);
    }
    LOG.log(
        Level.INFO,
        "No configuration file given and no {0} here: watching Narthex itself and this machine."
            + " Data is kept under {1}",
        file,
        flags.storage().path());
    String text = DefaultConfig.text(ownAddress(), flags.web().routePrefix());
    return () -> reader.read(DefaultConfig.NAME, text, java.nio.file.Path.of(""), false);
  }

  /// How the server reaches itself: its first listen address, loopback where that means all
  /// interfaces.
  private String ownAddress() {
    String address = flags.web().listenAddresses().getFirst();
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, Math.max(0, colon));
    boolean any = host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]");
    return (any ? "localhost" : host) + address.substring(Math.max(0, colon));
  }

  /// The last words of a server that was closed.
  public void ended() {
    LOG.log(Level.INFO, "See you next time!");
  }

  /// An orderly end that was asked for is no failure: without this, the JVM would say 143. While
  /// the storage is still being opened there is nothing to close.
  private void onEnd(String name, String signal) {
    Signal.handle(
        new Signal(name),
        s -> {
          LOG.log(Level.WARNING, "Received an OS signal, exiting gracefully... signal={0}", signal);
          if (isUp) {
            quit.run();
          } else {
            System.exit(0);
          }
        });
  }

  private static void onHangup(ServerRole role) {
    Signal.handle(
        new Signal("HUP"),
        s -> Thread.ofPlatform().daemon().name("narthex-reload").start(role::reload));
  }
}

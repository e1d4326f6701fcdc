package io.narthex.cli.terminal;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What rooms log while a tool runs: warnings, in one line each on standard error. Tools run
/// without the framework that sets up the log of a server.
public final class ToolLog {

  private ToolLog() {}

  /// Sends the log to `err` from now on. To be called before anything has logged.
  public static void install(PrintStream err) {
    // The server's log manager complains if it is found by a logger that was there before it.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.WARNING);
    root.addHandler(new Lines(err));
  }

  private static final class Lines extends Handler {

    private final PrintStream err;

    Lines(PrintStream err) {
      this.err = err;
    }

    @Override
    public void publish(LogRecord entry) {
      Object[] parameters = entry.getParameters();
      String text = String.valueOf(entry.getMessage());
      err.println(
          "narthex: warning: "
              + (parameters == null ? text : MessageFormat.format(text, parameters)));
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      err.flush();
    }
  }
}

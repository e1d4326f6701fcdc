package io.narthex.role;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// Log lines as Prometheus writes them: `time=... level=INFO source=... msg="..."`, or the same
/// keys as JSON.
final class LogFormat extends Formatter {

  private final boolean json;

  LogFormat(boolean json) {
    this.json = json;
  }

  @Override
  public String format(LogRecord record) {
    String time = record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    String message = message(record);
    String error = record.getThrown() == null ? "" : trace(record.getThrown());
    StringBuilder out = new StringBuilder(160);
    if (json) {
      out.append("{\"time\":")
          .append(quoted(time))
          .append(",\"level\":")
          .append(quoted(level(record.getLevel())));
      out.append(",\"source\":")
          .append(quoted(source(record)))
          .append(",\"msg\":")
          .append(quoted(message));
      if (!error.isEmpty()) {
        out.append(",\"err\":").append(quoted(error));
      }
      return out.append("}\n").toString();
    }
    out.append("time=").append(time).append(" level=").append(level(record.getLevel()));
    out.append(" source=").append(source(record)).append(" msg=").append(quoted(message));
    if (!error.isEmpty()) {
      out.append(" err=").append(quoted(error));
    }
    return out.append('\n').toString();
  }

  private String message(LogRecord record) {
    return record instanceof org.jboss.logmanager.ExtLogRecord ext
        ? ext.getFormattedMessage()
        : formatMessage(record);
  }

  private static String source(LogRecord record) {
    String name = record.getLoggerName();
    return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    return value >= Level.WARNING.intValue()
        ? "WARN"
        : value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  /// Our bugs are logged with their whole trace, in one line.
  private static String trace(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString().strip();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /// Installs the format on every handler of the root logger and sets the level of Narthex' own
  /// loggers.
  static void install(String level, boolean json) {
    LogFormat format = new LogFormat(json);
    for (Handler handler : java.util.logging.Logger.getLogger("").getHandlers()) {
      format(handler, format);
    }
    java.util.logging.Logger.getLogger("io.narthex").setLevel(julLevel(level));
  }

  /// Quarkus hangs the handlers that write behind one that waits for the configuration of logging.
  private static void format(Handler handler, LogFormat format) {
    handler.setFormatter(format);
    if (handler instanceof org.jboss.logmanager.ExtHandler outer) {
      for (Handler inner : outer.getHandlers()) {
        format(inner, format);
      }
    }
  }

  private static Level julLevel(String level) {
    return switch (level) {
      case "debug" -> Level.FINE;
      case "warn" -> Level.WARNING;
      case "error" -> Level.SEVERE;
      default -> Level.INFO;
    };
  }
}

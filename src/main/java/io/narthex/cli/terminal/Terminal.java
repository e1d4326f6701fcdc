package io.narthex.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a tool reads and writes. Output is buffered: whoever made the terminal flushes it.
public record Terminal(InputStream in, PrintStream out, PrintStream err) {

  /// Writes a line of output.
  public void line(String text) {
    out.print(text);
    out.print('\n');
  }

  /// Writes a line of errors, behind all output so far.
  public void complain(String text) {
    out.flush();
    err.print(text);
    err.print('\n');
    err.flush();
  }

  /// Whether nobody reads the output any more.
  public boolean isClosed() {
    return out.checkError();
  }
}

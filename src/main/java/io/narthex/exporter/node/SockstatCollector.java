package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// `sockstat`: sockets by protocol, `/proc/net/sockstat` and `sockstat6`.
final class SockstatCollector implements Collector {

  private static final List<String> STATES =
      List.of("inuse", "orphan", "tw", "alloc", "mem", "memory");

  private final ProcFs fs;
  private final int pageBytes;

  /// @param pageBytes size of a page of memory, in which the kernel counts `mem`
  SockstatCollector(ProcFs fs, int pageBytes) {
    this.fs = fs;
    this.pageBytes = pageBytes;
  }

  @Override
  public String name() {
    return "sockstat";
  }

  @Override
  public void collect(Families out) throws IOException {
    add(out, "net/sockstat", false);
    add(out, "net/sockstat6", true);
  }

  private void add(Families out, String file, boolean v6) throws IOException {
    String text;
    try {
      text = fs.read(fs.proc(file));
    } catch (NoSuchFileException e) {
      // A kernel without that protocol.
      return;
    }
    for (String line : KernelText.lines(text)) {
      List<String> fields = KernelText.fields(line);
      if (fields.size() < 3 || fields.size() % 2 == 0) {
        throw new IOException("Malformed sockstat line: \"" + line + '"');
      }
      String protocol = fields.getFirst().replace(":", "");
      if (!protocol.equals("sockets")) {
        protocol(out, protocol, fields);
      } else if (!v6) {
        out.gauge("node_sockstat_sockets_used", "Number of IPv4 sockets in use.")
            .add(KernelText.signed(fields.get(2)));
      }
    }
  }

  private void protocol(Families out, String protocol, List<String> fields) throws IOException {
    for (int i = 1; i < fields.size(); i += 2) {
      String state = fields.get(i);
      long value = KernelText.signed(fields.get(i + 1));
      if (STATES.contains(state)) {
        gauge(out, protocol, state, value);
      }
      if (state.equals("mem")) {
        gauge(out, protocol, "mem_bytes", value * pageBytes);
      }
    }
  }

  private static void gauge(Families out, String protocol, String state, long value) {
    out.gauge(
            "node_sockstat_" + protocol + '_' + state,
            "Number of " + protocol + " sockets in state " + state + ".")
        .add(value);
  }
}

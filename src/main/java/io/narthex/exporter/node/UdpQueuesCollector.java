package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// `udp_queues`: bytes that wait in UDP sockets, summed over `/proc/net/udp` and `udp6`.
final class UdpQueuesCollector implements Collector {

  private final ProcFs fs;

  UdpQueuesCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "udp_queues";
  }

  @Override
  public void collect(Families out) throws IOException {
    boolean v4 = add(out, "net/udp", "v4");
    boolean v6 = add(out, "net/udp6", "v6");
    if (!v4 && !v6) {
      throw new NoDataException("neither net/udp nor net/udp6 is there");
    }
  }

  private boolean add(Families out, String file, String ip) throws IOException {
    List<String> lines;
    try {
      lines = KernelText.lines(fs.read(fs.proc(file)));
    } catch (NoSuchFileException e) {
      return false;
    }
    double tx = 0;
    double rx = 0;
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String queues = KernelText.field(KernelText.fields(line), 4, file);
      int colon = queues.indexOf(':');
      if (colon < 0) {
        throw new IOException("couldn't get udp queued bytes: " + queues);
      }
      tx += KernelText.unsigned(queues.substring(0, colon), 16);
      rx += KernelText.unsigned(queues.substring(colon + 1), 16);
    }
    out.gauge(
            "node_udp_queues",
            "Number of allocated memory in the kernel for UDP datagrams in bytes.",
            "queue",
            "ip")
        .add(tx, "tx", ip)
        .add(rx, "rx", ip);
    return true;
  }
}

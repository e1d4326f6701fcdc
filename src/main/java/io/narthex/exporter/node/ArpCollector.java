package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `arp`: neighbours by device. `/proc/net/arp` lists those that netlink lists, except the ones
/// that need no ARP, which node_exporter leaves out too.
final class ArpCollector implements Collector {

  private static final int COLUMNS = 6;
  private static final int HEADER_WORDS = 9;

  private final ProcFs fs;
  private final NameFilter devices;

  ArpCollector(ProcFs fs, NameFilter devices) {
    this.fs = fs;
    this.devices = devices;
  }

  @Override
  public String name() {
    return "arp";
  }

  @Override
  public void collect(Families out) throws IOException {
    Map<String, Integer> entries = new TreeMap<>();
    for (String line : KernelText.lines(fs.read(fs.proc("net/arp")))) {
      List<String> columns = KernelText.fields(line);
      switch (columns.size()) {
        case 0, HEADER_WORDS -> {}
        case COLUMNS -> entries.merge(columns.getLast(), 1, Integer::sum);
        default ->
            throw new IOException(
                "could not get ARP entries: "
                    + columns.size()
                    + " columns found, but expected "
                    + COLUMNS);
      }
    }
    entries.forEach((device, count) -> {
      if (!devices.ignores(device)) {
        out.gauge("node_arp_entries", "ARP entries by device", "device").add(count, device);
      }
    });
  }
}

package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `netdev`: what network devices sent and received. `/proc/net/dev` already sums the finer counts
/// of netlink as node_exporter's classic names do; the finer ones are in sysfs.
final class NetdevCollector implements Collector {

  /// Names of the columns of `/proc/net/dev`.
  private static final List<String> COLUMNS =
      List.of(
          "receive_bytes",
          "receive_packets",
          "receive_errs",
          "receive_drop",
          "receive_fifo",
          "receive_frame",
          "receive_compressed",
          "receive_multicast",
          "transmit_bytes",
          "transmit_packets",
          "transmit_errs",
          "transmit_drop",
          "transmit_fifo",
          "transmit_colls",
          "transmit_carrier",
          "transmit_compressed");

  private final ProcFs fs;
  private final Options options;

  NetdevCollector(ProcFs fs, Options options) {
    this.fs = fs;
    this.options = options;
  }

  /// @param devices devices to show
  /// @param detailed whether to show every count of its own, under other names
  /// @param netlink whether to show what only netlink has
  /// @param ifAlias whether to label with the interface's alias
  /// @param addresses whether to show the devices' addresses
  record Options(
      NameFilter devices, boolean detailed, boolean netlink, boolean ifAlias, boolean addresses) {}

  @Override
  public String name() {
    return "netdev";
  }

  @Override
  public void collect(Families out) throws IOException {
    for (String line : KernelText.lines(fs.read(fs.proc("net/dev")))) {
      int colon = line.lastIndexOf(':');
      if (colon < 0) {
        // The two lines of the header.
        continue;
      }
      String device = line.substring(0, colon).strip();
      if (!options.devices().ignores(device)) {
        device(out, device, KernelText.fields(line.substring(colon + 1)));
      }
    }
    if (options.addresses()) {
      NetAddresses.collect(out, options.devices());
    }
  }

  private void device(Families out, String device, List<String> columns) throws IOException {
    Map<String, Double> counts =
        options.detailed() && options.netlink() ? detailed(device) : classic(device, columns);
    String alias =
        options.ifAlias() ? fs.valueIfReadable(fs.sys("class/net/" + device + "/ifalias")) : null;
    counts.forEach((key, value) -> {
      String family = "node_network_" + key + "_total";
      String help = "Network device statistic " + key + '.';
      if (options.ifAlias()) {
        out.counter(family, help, "device", "ifalias")
            .add(value, device, alias == null ? "" : alias);
      } else {
        out.counter(family, help, "device").add(value, device);
      }
    });
  }

  private Map<String, Double> classic(String device, List<String> columns) throws IOException {
    Map<String, Double> counts = new TreeMap<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      String name = COLUMNS.get(i);
      if (options.detailed()) {
        name = name.replace("_errs", "_errors").replace("_drop", "_dropped");
      }
      counts.put(name, KernelText.unsigned(KernelText.field(columns, i, "net/dev")));
    }
    if (options.netlink()) {
      String noHandler =
          fs.valueIfReadable(fs.sys("class/net/" + device + "/statistics/rx_nohandler"));
      if (noHandler != null) {
        counts.put("receive_nohandler", KernelText.unsigned(noHandler));
      }
    }
    return counts;
  }

  /// Every count of netlink, from `/sys/class/net/<device>/statistics`.
  private Map<String, Double> detailed(String device) throws IOException {
    Map<String, Double> counts = new TreeMap<>();
    String directory = "class/net/" + device + "/statistics";
    for (String file : fs.list(fs.sys(directory))) {
      String key = file;
      if (file.startsWith("rx_")) {
        key = "receive_" + file.substring(3);
      } else if (file.startsWith("tx_")) {
        key = "transmit_" + file.substring(3);
      }
      counts.put(key, fs.number(fs.sys(directory).resolve(file)));
    }
    return counts;
  }
}

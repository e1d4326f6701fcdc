package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `netclass`: properties of network devices, `/sys/class/net`.
final class NetclassCollector implements Collector {

  private static final int IFF_UP = 1;

  /// File and name of the family, which is a counter if it ends in `_total`.
  private static final String[][] PROPERTIES = {
    {"addr_assign_type", "address_assign_type"},
    {"carrier", "carrier"},
    {"carrier_changes", "carrier_changes_total"},
    {"carrier_up_count", "carrier_up_changes_total"},
    {"carrier_down_count", "carrier_down_changes_total"},
    {"dev_id", "device_id"},
    {"dormant", "dormant"},
    {"flags", "flags"},
    {"ifindex", "iface_id"},
    {"iflink", "iface_link"},
    {"link_mode", "iface_link_mode"},
    {"mtu", "mtu_bytes"},
    {"name_assign_type", "name_assign_type"},
    {"netdev_group", "net_dev_group"},
    {"tx_queue_len", "transmit_queue_length"},
    {"type", "protocol_type"},
  };

  private final ProcFs fs;
  private final LabelRegex ignored;
  private final boolean ignoreInvalidSpeed;

  NetclassCollector(ProcFs fs, LabelRegex ignored, boolean ignoreInvalidSpeed) {
    this.fs = fs;
    this.ignored = ignored;
    this.ignoreInvalidSpeed = ignoreInvalidSpeed;
  }

  @Override
  public String name() {
    return "netclass";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> devices;
    try {
      devices = fs.list(fs.sys("class/net"));
    } catch (IOException e) {
      if (ProcFs.unreadable(e)) {
        throw new NoDataException("Could not read netclass file", e);
      }
      throw e;
    }
    for (String device : devices) {
      Path path = fs.sys("class/net").resolve(device);
      // A plain file there, as bonding_masters, is no device.
      if (!ignored.matches(device) && fs.isDirectory(path)) {
        device(out, path, device);
      }
    }
  }

  private void device(Families out, Path path, String device) throws IOException {
    String state = text(path, "operstate");
    out.gauge("node_network_up", "Value is 1 if operstate is 'up', 0 otherwise.", "device")
        .add(state.equals("up") ? 1 : 0, device);
    out.gauge(
            "node_network_info",
            "Non-numeric data from /sys/class/net/<iface>, value is always 1.",
            "device",
            "address",
            "broadcast",
            "duplex",
            "operstate",
            "adminstate",
            "ifalias")
        .add(
            1,
            device,
            text(path, "address"),
            text(path, "broadcast"),
            text(path, "duplex"),
            state,
            adminState(number(path, "flags")),
            text(path, "ifalias"));
    for (String[] property : PROPERTIES) {
      Long value = number(path, property[0]);
      if (value != null) {
        add(out, property[1], value, device);
      }
    }
    Long megabits = number(path, "speed");
    if (megabits != null && (megabits >= 0 || !ignoreInvalidSpeed)) {
      add(out, "speed_bytes", megabits * 1000 * 1000 / 8, device);
    }
  }

  private static String adminState(@Nullable Long flags) {
    return flags == null ? "unknown" : (flags & IFF_UP) != 0 ? "up" : "down";
  }

  private String text(Path path, String file) throws IOException {
    String value = fs.valueIfReadable(path.resolve(file));
    return value == null ? "" : value;
  }

  /// A value that is no number counts as missing.
  private @Nullable Long number(Path path, String file) throws IOException {
    String value = text(path, file);
    try {
      return value.isEmpty() ? null : Long.decode(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static void add(Families out, String name, long value, String device) {
    String family = "node_network_" + name;
    String help = "Network device property: " + name;
    (name.endsWith("_total")
            ? out.counter(family, help, "device")
            : out.gauge(family, help, "device"))
        .add(value, device);
  }
}

package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// `dmi`: maker, model and firmware of the machine, `/sys/class/dmi/id`. It cannot change while the
/// machine runs, but whether it may be read can.
final class DmiCollector implements Collector {

  /// Labels; the files have these names but for `sys_vendor`.
  private static final List<String> LABELS =
      List.of(
          "bios_date",
          "bios_release",
          "bios_vendor",
          "bios_version",
          "board_asset_tag",
          "board_name",
          "board_serial",
          "board_vendor",
          "board_version",
          "chassis_asset_tag",
          "chassis_serial",
          "chassis_vendor",
          "chassis_version",
          "product_family",
          "product_name",
          "product_serial",
          "product_sku",
          "product_uuid",
          "product_version",
          "system_vendor");

  private final ProcFs fs;

  DmiCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "dmi";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> labels = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<String> files;
    try {
      files = fs.list(fs.sys("class/dmi/id"));
    } catch (NoSuchFileException e) {
      throw new NoDataException(
          "Platform does not support Desktop Management Interface (DMI) information", e);
    }
    for (String label : LABELS) {
      String file = label.equals("system_vendor") ? "sys_vendor" : label;
      String value =
          files.contains(file) ? fs.valueIfReadable(fs.sys("class/dmi/id").resolve(file)) : null;
      if (value != null) {
        labels.add(label);
        values.add(value);
      }
    }
    if (labels.isEmpty()) {
      throw new NoDataException("no DMI information may be read");
    }
    out.gauge(
            "node_dmi_info",
            "A metric with a constant '1' value labeled by bios_date, bios_release, bios_vendor,"
                + " bios_version, board_asset_tag, board_name, board_serial, board_vendor,"
                + " board_version, chassis_asset_tag, chassis_serial, chassis_vendor,"
                + " chassis_version, product_family, product_name, product_serial, product_sku,"
                + " product_uuid, product_version, system_vendor if provided by DMI.",
            labels.toArray(String[]::new))
        .add(1, values.toArray(String[]::new));
  }
}

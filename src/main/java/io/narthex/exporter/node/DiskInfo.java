package io.narthex.exporter.node;

import io.narthex.exporter.Families;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What udev knows of a block device, as info families.
final class DiskInfo {

  private DiskInfo() {}

  static void add(
      Families out,
      String device,
      String major,
      String minor,
      String rotational,
      Map<String, String> udev) {
    out.gauge(
            "node_disk_info",
            "Info of /sys/block/<block_device>.",
            "device",
            "major",
            "minor",
            "path",
            "wwn",
            "model",
            "serial",
            "revision",
            "rotational")
        .add(
            1,
            device,
            major,
            minor,
            udev.getOrDefault("ID_PATH", ""),
            udev.getOrDefault("ID_WWN", ""),
            udev.getOrDefault("ID_MODEL", ""),
            first(udev, "SCSI_IDENT_SERIAL", "ID_SERIAL_SHORT", "ID_SERIAL"),
            udev.getOrDefault("ID_REVISION", ""),
            rotational);
    fileSystem(out, device, udev);
    deviceMapper(out, device, udev);
    if (!udev.getOrDefault("ID_ATA", "").isEmpty()) {
      ata(out, device, udev.get("ID_ATA_WRITE_CACHE"), "write_cache", "has a write cache");
      ata(
          out,
          device,
          udev.get("ID_ATA_WRITE_CACHE_ENABLED"),
          "write_cache_enabled",
          "has its write cache enabled");
      ata(
          out,
          device,
          udev.get("ID_ATA_ROTATION_RATE_RPM"),
          "rotation_rate_rpm",
          "rotation rate in RPMs (0 for SSDs)");
    }
  }

  private static String first(Map<String, String> udev, String... keys) {
    for (String key : keys) {
      String value = udev.getOrDefault(key, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static void fileSystem(Families out, String device, Map<String, String> udev) {
    String type = udev.getOrDefault("ID_FS_TYPE", "");
    if (!type.isEmpty()) {
      out.gauge(
              "node_disk_filesystem_info",
              "Info about disk filesystem.",
              "device",
              "type",
              "usage",
              "uuid",
              "version")
          .add(
              1,
              device,
              type,
              udev.getOrDefault("ID_FS_USAGE", ""),
              udev.getOrDefault("ID_FS_UUID", ""),
              udev.getOrDefault("ID_FS_VERSION", ""));
    }
  }

  private static void deviceMapper(Families out, String device, Map<String, String> udev) {
    String name = udev.getOrDefault("DM_NAME", "");
    if (!name.isEmpty()) {
      out.gauge(
              "node_disk_device_mapper_info",
              "Info about disk device mapper.",
              "device",
              "name",
              "uuid",
              "vg_name",
              "lv_name",
              "lv_layer")
          .add(
              1,
              device,
              name,
              udev.getOrDefault("DM_UUID", ""),
              udev.getOrDefault("DM_VG_NAME", ""),
              udev.getOrDefault("DM_LV_NAME", ""),
              udev.getOrDefault("DM_LV_LAYER", ""));
    }
  }

  private static void ata(
      Families out, String device, @Nullable String value, String name, String what) {
    if (value != null && value.matches("[0-9]+")) {
      out.gauge("node_disk_ata_" + name, "ATA disk " + what + '.', "device")
          .add(Double.parseDouble(value), device);
    }
  }
}

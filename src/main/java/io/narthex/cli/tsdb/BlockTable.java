package io.narthex.cli.tsdb;

import io.narthex.cli.command.GoDurations;
import io.narthex.cli.terminal.Table;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Blocks as rows.
final class BlockTable {

  private static final List<String> HEADER =
      List.of(
          "BLOCK ULID",
          "MIN TIME",
          "MAX TIME",
          "DURATION",
          "NUM SAMPLES",
          "NUM CHUNKS",
          "NUM SERIES",
          "SIZE");

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final boolean humanReadable;

  BlockTable(boolean humanReadable) {
    this.humanReadable = humanReadable;
  }

  /// The rows of `blocks`.
  String text(List<Block> blocks, boolean withHeader) {
    Table table = new Table(13, 2);
    if (withHeader) {
      table.row(HEADER);
    }
    for (Block block : blocks) {
      BlockMeta meta = block.meta();
      table.row(
          List.of(
              meta.ulid().toString(),
              time(meta.minMs()),
              time(meta.maxMs()),
              GoDurations.format((meta.maxMs() - meta.minMs()) * 1_000_000),
              Long.toString(meta.stats().samples()),
              Long.toString(meta.stats().chunks()),
              Long.toString(meta.stats().series()),
              bytes(block.sizeBytes())));
    }
    return table.text();
  }

  private String time(long ms) {
    return humanReadable ? UTC.format(Instant.ofEpochSecond(ms / 1000)) : Long.toString(ms);
  }

  /// `1KiB210B`, as the field's units are written.
  private String bytes(long bytes) {
    if (!humanReadable) {
      return Long.toString(bytes);
    }
    if (bytes == 0) {
      return "0B";
    }
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    StringBuilder out = new StringBuilder();
    for (int i = units.length - 1; i >= 0; i--) {
      long part = bytes >> 10 * i & 1023;
      if (part != 0) {
        out.append(part).append(units[i]);
      }
    }
    return out.toString();
  }
}

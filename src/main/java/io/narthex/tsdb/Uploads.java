package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.json.Json;
import io.narthex.io.json.JsonException;
import io.narthex.tsdb.block.BlockMeta;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Thanos' shipper has uploaded: blocks that the head wrote wait for it before they are
/// compacted, so that it finds each of them. The file is `{"version": 1, "uploaded": ["<ULID>",
/// ...]}`; where it cannot be read, nothing waits.
final class Uploads {

  private static final Logger LOG = System.getLogger(Uploads.class.getName());

  private final Disk disk;
  private final @Nullable Path file;

  /// @param file the list, null if there is no shipper
  Uploads(Disk disk, @Nullable Path file) {
    this.disk = disk;
    this.file = file;
  }

  /// The blocks up to the first one that has to wait, oldest first.
  List<BlockMeta> ready(List<BlockMeta> oldestFirst) {
    Path list = file;
    Set<String> uploaded = list == null ? null : read(list);
    if (uploaded == null) {
      return oldestFirst;
    }
    List<BlockMeta> ready = new ArrayList<>();
    for (BlockMeta meta : oldestFirst) {
      if (meta.compaction().level() <= 1 && !uploaded.contains(meta.ulid().toString())) {
        break;
      }
      ready.add(meta);
    }
    return ready;
  }

  private @Nullable Set<String> read(Path list) {
    try {
      Json uploaded =
          Json.parse(new String(disk.read(list), StandardCharsets.UTF_8))
              .asObject()
              .find("uploaded");
      Set<String> names = new HashSet<>();
      if (uploaded != null) {
        uploaded.asArray().forEach(name -> names.add(name.asString()));
      }
      return names;
    } catch (DiskException | JsonException e) {
      LOG.log(
          Logger.Level.WARNING,
          "the list of uploaded blocks cannot be read, compaction does not wait for uploads: {0}",
          e.getMessage());
      return null;
    }
  }
}

package io.narthex.tsdb.chunk;

import io.narthex.io.json.Json;
import io.narthex.testing.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;

/// The chunk vectors of the reference data.
final class ChunkVectors {

  private ChunkVectors() {}

  static List<Json.Obj> cases(String file) throws IOException {
    String text = Files.readString(Conformance.path("tsdb/" + file));
    return Json.parse(text).asObject().get("cases").asArray().stream().map(Json::asObject).toList();
  }

  static byte[] bytes(Json.Obj vector) {
    return HexFormat.of().parseHex(vector.get("bytes_hex").asString());
  }
}

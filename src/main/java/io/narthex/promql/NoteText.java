package io.narthex.promql;

import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Annotations.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Annotations as the reader gets them: with the place in the query, at most ten of each kind and
/// then a line that counts the rest.
final class NoteText {

  private static final int MOST = 10;

  private final byte[] query;

  NoteText(String query) {
    this.query = query.getBytes(StandardCharsets.UTF_8);
  }

  List<String> warnings(Annotations annotations) {
    List<String> all = new ArrayList<>(annotations.plain());
    all.addAll(texts(annotations, false));
    return limited(all, "warning");
  }

  List<String> infos(Annotations annotations) {
    return limited(texts(annotations, true), "info");
  }

  private List<String> texts(Annotations annotations, boolean info) {
    return annotations.notes().stream().filter(n -> n.info() == info).map(this::text).toList();
  }

  private String text(Note note) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(note.pos().start(), query.length); i++) {
      column++;
      if (query[i] == '\n') {
        line++;
        column = 1;
      }
    }
    return note.text(line + ":" + column);
  }

  private static List<String> limited(List<String> all, String kind) {
    if (all.size() <= MOST) {
      return List.copyOf(all);
    }
    List<String> some = new ArrayList<>(all.subList(0, MOST));
    some.add(all.size() - MOST + " more " + kind + " annotations omitted");
    return some;
  }
}

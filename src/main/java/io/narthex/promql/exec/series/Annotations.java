package io.narthex.promql.exec.series;

import io.narthex.promql.ast.Expr.Pos;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Warnings and infos that a query met, each text once. Not thread-safe.
public final class Annotations {

  /// Something the reader of an answer should know.
  public interface Note {

    /// What makes two notes the same.
    String key();

    /// Whether it is an info rather than a warning.
    boolean info();

    /// The text for the reader.
    ///
    /// @param place `line:col` of {@link #pos}
    String text(String place);

    Pos pos();

    /// Where the part of the query stands that gives the note, if that is not {@link #pos}.
    default Pos giver() {
      return pos();
    }

    /// This note and an earlier one with the same key as one. The reference keeps the one that it
    /// meets last, arguments before what takes them; here lanes meet them in any order.
    default Note merge(Note earlier) {
      return isAfter(giver(), earlier.giver()) ? this : earlier;
    }

    private static boolean isAfter(Pos a, Pos b) {
      return a.end() != b.end() ? a.end() > b.end() : a.start() <= b.start();
    }
  }

  private final LinkedHashMap<String, Note> notes = new LinkedHashMap<>();
  private final Map<String, Boolean> plain = new LinkedHashMap<>();

  public void add(Note note) {
    notes.merge(note.key(), note, (earlier, later) -> later.merge(earlier));
  }

  /// Adds a warning of the storage, which has no place in the query.
  public void addPlain(String warning) {
    plain.put(warning, true);
  }

  public void addAll(Annotations others) {
    others.notes.values().forEach(this::add);
    plain.putAll(others.plain);
  }

  /// The note that was added last, which is forgotten with all others; null if there is none.
  public @Nullable Note takeLast() {
    Note last = notes.isEmpty() ? null : notes.sequencedValues().getLast();
    notes.clear();
    return last;
  }

  public List<Note> notes() {
    return List.copyOf(notes.values());
  }

  /// Warnings without a place.
  public List<String> plain() {
    return List.copyOf(plain.keySet());
  }
}

package io.narthex.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows of cells under each other, as Go's `tabwriter` lays them out: a column is as wide as its
/// widest cell and the padding, the last cell of a row is not filled up.
public final class Table {

  private final int minWidth;
  private final int padding;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param minWidth least width of a column, padding included
  public Table(int minWidth, int padding) {
    this.minWidth = minWidth;
    this.padding = padding;
  }

  public void row(List<String> cells) {
    rows.add(cells);
  }

  /// The text of all rows, each with a line feed.
  public String text() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        int width = row.get(i).codePointCount(0, row.get(i).length()) + padding;
        widths[i] = Math.max(widths[i], Math.max(minWidth, width));
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        out.append(cell);
        if (i < row.size() - 1) {
          out.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()));
        }
      }
      out.append('\n');
    }
    return out.toString();
  }
}

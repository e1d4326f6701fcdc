package io.narthex.cli.promql;

import io.narthex.cli.command.Argument;
import io.narthex.cli.command.Command;
import io.narthex.cli.command.Given;
import io.narthex.cli.command.Kind;
import io.narthex.cli.command.Option;
import io.narthex.cli.command.ToolGroup;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.model.labels.MatchType;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.PrettyPrinter;
import io.narthex.promql.parse.PromqlParser;
import java.util.List;

/// The commands of `promql`.
public final class PromqlCommands implements ToolGroup {

  private static final Argument QUERY = Argument.required("query", Kind.TEXT, "PromQL query.");

  private static final Command COMMAND =
      Command.group(
          "promql",
          "PromQL formatting and editing. Requires the --experimental flag.",
          List.of(),
          Command.leaf("format", "Format PromQL query to pretty printed form.", List.of(), QUERY),
          Command.group(
              "label-matchers",
              "Edit label matchers contained within an existing PromQL query.",
              List.of(),
              Command.leaf(
                  "set",
                  "Set a label matcher in the query.",
                  List.of(
                      Option.value(
                              "type",
                              new Kind.OneOf(List.of("=", "!=", "=~", "!~")),
                              "=",
                              "Type of the label matcher to set.")
                          .shortly('t')),
                  QUERY,
                  Argument.required("name", Kind.TEXT, "Name of the label matcher to set."),
                  Argument.required("value", Kind.TEXT, "Value of the label matcher to set.")),
              Command.leaf(
                  "delete",
                  "Delete a label from the query.",
                  List.of(),
                  QUERY,
                  Argument.required("name", Kind.TEXT, "Name of the label to delete."))));

  private final Terminal terminal;

  public PromqlCommands(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Command command() {
    return COMMAND;
  }

  @Override
  public int run(Given given) {
    if (!given.isOn("experimental")) {
      throw new ToolException(
          "This command is experimental and requires the --experimental flag to be set.");
    }
    Expr expr = PromqlParser.parse(given.text("query"), features(given));
    String name = given.text("name");
    Expr changed =
        switch (given.path()) {
          case "promql format" -> expr;
          case "promql label-matchers set" ->
              new MatcherEdit(name, type(given.text("type")), given.text("value")).in(expr);
          case "promql label-matchers delete" -> MatcherEdit.deleting(name).in(expr);
          default -> throw new IllegalStateException("BUG: no tool for " + given.path());
        };
    terminal.line(PrettyPrinter.print(changed, PrettyPrinter.API_LINE_BYTES));
    return 0;
  }

  /// The parts of the language that `--enable-feature` turns on.
  private static Features features(Given given) {
    List<String> names =
        given.all("enable-feature").stream()
            .flatMap(list -> List.of(list.split(",")).stream())
            .toList();
    return new Features(
        names.contains("promql-experimental-functions"),
        names.contains("promql-extended-range-selectors"),
        names.contains("promql-binop-fill-modifiers"),
        names.contains("promql-delayed-name-removal"),
        false,
        false);
  }

  private static MatchType type(String text) {
    for (MatchType type : MatchType.values()) {
      if (type.text().equals(text)) {
        return type;
      }
    }
    throw new IllegalStateException("BUG: no matcher " + text);
  }
}

package io.narthex.cli.query;

import io.narthex.cli.command.Given;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.config.ConfigException;
import io.narthex.config.Section;
import io.narthex.config.YamlReader;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.BlockingClient;
import io.narthex.io.http.BlockingClient.Answer;
import io.narthex.io.http.BlockingClient.Call;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.io.http.HttpClientException;
import io.narthex.io.http.HttpClientShape;
import io.narthex.io.json.Json;
import io.narthex.io.json.JsonException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A server's HTTP API.
public final class ServerApi implements AutoCloseable {

  private static final long TIMEOUT_MS = 120_000;

  private final BlockingClient client;
  private final String server;
  private final Map<String, String> headers;

  private ServerApi(BlockingClient client, String server, Map<String, String> headers) {
    this.client = client;
    this.server = server;
    this.headers = headers;
  }

  /// A parameter of a request.
  public record Param(String name, String value) {}

  /// What a server said.
  public record Reply(Json data, List<String> warnings) {}

  /// Opens the API of the server at `url`, with the client that `--http.config.file` says.
  ///
  /// @param headers sent with each request
  public static ServerApi open(
      Given given,
      String url,
      Map<String, String> headers,
      Disk disk,
      Clock clock,
      Map<String, String> environment) {
    HttpClientConfig config = config(given.text("http.config.file"), url, disk);
    try {
      return new ServerApi(
          BlockingClient.open(config, disk, clock, environment), address(url), headers);
    } catch (HttpClientException e) {
      throw new ToolException(
          "narthex: error: Failed to create a new HTTP round tripper: " + e.getMessage());
    }
  }

  private static HttpClientConfig config(String file, String url, Disk disk) {
    if (file.isEmpty()) {
      return HttpClientConfig.DEFAULT;
    }
    if (URI.create(url).getRawUserInfo() != null) {
      throw new ToolException(
          "narthex: error: Cannot set base auth in the server URL and use a http.config.file at"
              + " the same time");
    }
    try {
      String text = new String(disk.read(Path.of(file)), StandardCharsets.UTF_8);
      Section section = HttpClientShape.SHAPE.read(YamlReader.read(file, text));
      Path folder = Path.of(file).getParent();
      return HttpClientConfig.of(section.inFolder(folder == null ? Path.of("") : folder));
    } catch (ConfigException e) {
      throw new ToolException("narthex: error: Failed to load HTTP config file: " + e.getMessage());
    }
  }

  /// `url` with a scheme and without a slash at its end. What has none is a host, as Go reads it.
  private static String address(String url) {
    String whole = url.contains("://") ? url : "http://" + url;
    return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
  }

  /// Gets a page that is not of the API.
  ///
  /// @throws HttpClientException if there is no answer
  public Answer get(String path, long timeoutMs) {
    return client.call(new Call("GET", server + path, headers, "", timeoutMs));
  }

  /// The address of a page.
  public String url(String path) {
    return server + path;
  }

  /// Asks with the parameters in the body; where the server does not take that, in the URL.
  ///
  /// @throws ToolException with the server's mistake, or why there is no answer
  public Reply post(String path, List<Param> params) {
    String form = form(params);
    Answer answer = call("POST", path, form);
    if (List.of(403, 405, 501).contains(answer.status())) {
      return get(path, params);
    }
    return reply(answer);
  }

  /// Asks with the parameters in the URL.
  ///
  /// @throws ToolException with the server's mistake, or why there is no answer
  public Reply get(String path, List<Param> params) {
    String form = form(params);
    return reply(call("GET", form.isEmpty() ? path : path + "?" + form, ""));
  }

  private Answer call(String method, String path, String form) {
    try {
      return client.call(new Call(method, server + path, headers, form, TIMEOUT_MS));
    } catch (HttpClientException e) {
      throw new ToolException("query error: " + e.getMessage());
    }
  }

  private static String form(List<Param> params) {
    return params.stream()
        .sorted(Comparator.comparing(Param::name))
        .map(p -> escaped(p.name()) + "=" + escaped(p.value()))
        .collect(Collectors.joining("&"));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Reply reply(Answer answer) {
    int status = answer.status();
    boolean told = status == 400 || status == 422;
    if (status / 100 != 2 && !told) {
      throw failure(status, answer.body().strip());
    }
    Json.Obj json;
    try {
      json = Json.parse(answer.body()).asObject();
    } catch (JsonException e) {
      throw new ToolException("query error: bad_response: " + e.getMessage());
    }
    Json said = json.find("status");
    boolean success = said != null && said.asString().equals("success");
    if (!success) {
      throw new ToolException(
          "query error: " + text(json, "errorType") + ": " + text(json, "error"));
    }
    if (told) {
      throw new ToolException("query error: bad_response: inconsistent body for response code");
    }
    Json data = json.find("data");
    Json warnings = json.find("warnings");
    return new Reply(
        data == null ? new Json.Null() : data,
        warnings == null ? List.of() : warnings.asArray().stream().map(Json::asString).toList());
  }

  private static String text(Json.Obj json, String key) {
    Json value = json.find(key);
    return value == null ? "" : value.asString();
  }

  private static ToolException failure(int status, String body) {
    String what =
        switch (status / 100) {
          case 4 -> "client_error: client error: " + status;
          case 5 -> "server_error: server error: " + status;
          default -> "bad_response: bad response code " + status;
        };
    return new ToolException(
        "query error: " + what + (body.isEmpty() ? "" : " (detail: " + body + ")"));
  }

  @Override
  public void close() {
    client.close();
  }
}

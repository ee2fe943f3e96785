import client.ApiClient;
import client.api.DefaultApi;
import client.model.Announce;
import client.model.Announcement;
import client.model.Login;
import client.model.Person;
import client.model.ServiceEndpoint;
import client.model.Services;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.http.HttpClient;
import java.util.List;

/** What a community member might write over a client that a generator made from our description. */
public final class Member {
  private Member() {}

  /** Logs in at {@code args[0]} as {@code args[1]}, announces a page, and finds it in the list. */
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.setHttpClientBuilder(
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL)));
    client.updateBaseUri(args[0]);
    Person person =
        new DefaultApi(client).login(new Login().login(args[1]).password(args[2]));
    System.out.println("login " + person.getLogin() + " " + person.getRole());
    client.setRequestInterceptor(
        request -> request.header("X-Cloudy-Csrf", person.getCsrf()));
    DefaultApi api = new DefaultApi(client);
    Announcement said =
        api.announce(
            new Announce()
                .type("web")
                .name("From a generated client")
                .addEndpointsItem(new ServiceEndpoint().port(8080)),
            "a-key");
    System.out.println("announced " + said.getId());
    Services found =
        api.services(
            List.of("web"), null, null, null, null, null, null, null, null, null, null);
    found.getServices().forEach(service -> System.out.println("found " + service.getName()));
  }
}

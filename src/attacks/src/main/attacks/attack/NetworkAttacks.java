package attack;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.rmi.registry.LocateRegistry;
import java.security.cert.CertStore;
import java.security.cert.LDAPCertStoreParameters;
import java.security.cert.X509CRLSelector;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.directory.InitialDirContext;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Network, by the JDK's plain ways and by those behind others. */
final class NetworkAttacks {
    private NetworkAttacks() {}

    private static InetSocketAddress here(Lab lab) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.number("port"));
    }

    private static HttpRequest request(Lab lab) {
        return HttpRequest.newBuilder(URI.create(lab.text("web"))).build();
    }

    /** A socket whose constructor is called as a superclass's. */
    private static final class OwnSocket extends Socket {
        OwnSocket(int port) throws java.io.IOException {
            super("127.0.0.1", port);
        }
    }

    @Attack(says = "Connects with the constructor of Socket.", target = "network-access", by = Proof.NETWORK)
    public static final class Connect extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new Socket("127.0.0.1", lab.number("port")).close();
            return null;
        }
    }

    @Attack(says = "Connects a Socket that was made without an address.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectLater extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (Socket socket = new Socket()) {
                socket.connect(here(lab));
            }
            return null;
        }
    }

    @Attack(
            says = "Connects with a subclass of Socket, whose constructor calls that of the JDK.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class ConnectSubclass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new OwnSocket(lab.number("port")).close();
            return null;
        }
    }

    @Attack(says = "Connects with SocketChannel.open.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectChannel extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            SocketChannel.open(here(lab)).close();
            return null;
        }
    }

    @Attack(says = "Connects a SocketChannel that was open already.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectChannelLater extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (SocketChannel channel = SocketChannel.open()) {
                return channel.connect(here(lab));
            }
        }
    }

    @Attack(says = "Connects by the socket that belongs to a channel.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectChannelsSocket extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.socket().connect(here(lab));
            }
            return null;
        }
    }

    @Attack(
            says = "Connects with a channel that the selector provider made.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class ConnectByProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (SocketChannel channel = SelectorProvider.provider().openSocketChannel()) {
                return channel.connect(here(lab));
            }
        }
    }

    @Attack(
            says = "Connects with an AsynchronousSocketChannel.",
            target = "network-access",
            with = "threads",
            by = Proof.NETWORK)
    public static final class ConnectAsynchronously extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
                return channel.connect(here(lab)).get();
            }
        }
    }

    @Attack(says = "Connects to a Unix-domain socket.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectUnixSocket extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            SocketChannel.open(UnixDomainSocketAddress.of(lab.text("unix"))).close();
            return null;
        }
    }

    @Attack(says = "Connects through SocketFactory.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectByFactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            SocketFactory.getDefault()
                    .createSocket("127.0.0.1", lab.number("port"))
                    .close();
            return null;
        }
    }

    @Attack(says = "Connects through SSLSocketFactory.", target = "network-access", by = Proof.NETWORK)
    public static final class ConnectByTlsFactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            SSLSocketFactory.getDefault()
                    .createSocket("127.0.0.1", lab.number("port"))
                    .close();
            return null;
        }
    }

    @Attack(says = "Sends a datagram.", target = "network-access", by = Proof.NETWORK)
    public static final class SendDatagram extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), lab.number("udp")));
            }
            return null;
        }
    }

    @Attack(says = "Sends a datagram through a channel.", target = "network-access", by = Proof.NETWORK)
    public static final class SendByChannel extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (DatagramChannel channel = DatagramChannel.open()) {
                return channel.send(
                        ByteBuffer.allocate(1),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.number("udp")));
            }
        }
    }

    @Attack(says = "Fetches a web page with URL.openStream.", target = "network-access", by = Proof.LEAK)
    public static final class FetchUrl extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = new URL(lab.text("web")).openStream()) {
                return new String(in.readAllBytes());
            }
        }
    }

    @Attack(says = "Fetches a web page with HttpURLConnection.", target = "network-access", by = Proof.LEAK)
    public static final class FetchConnection extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(lab.text("web")).toURL().openConnection();
            connection.connect();
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes());
            }
        }
    }

    @Attack(says = "Fetches a web page with URL.getContent.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchContent extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return String.valueOf(new URL(lab.text("web")).getContent());
        }
    }

    @Attack(
            says = "Fetches a web page with java.net.http.",
            target = "network-access",
            with = "threads",
            by = Proof.LEAK)
    public static final class FetchClient extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return HttpClient.newHttpClient()
                    .send(request(lab), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Attack(
            says = "Fetches a web page with java.net.http, without waiting.",
            target = "network-access",
            with = "threads",
            by = Proof.LEAK)
    public static final class FetchClientLater extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return HttpClient.newBuilder()
                    .build()
                    .sendAsync(request(lab), HttpResponse.BodyHandlers.ofString())
                    .get()
                    .body();
        }
    }

    @Attack(says = "Opens a web socket.", target = "network-access", with = "threads", by = Proof.NETWORK)
    public static final class OpenWebSocket extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(lab.text("web").replace("http", "ws")), new WebSocket.Listener() {})
                    .handle((socket, failure) -> "answered")
                    .get();
            return null;
        }
    }

    @Attack(says = "Connects by a URL of the scheme ftp.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchFtp extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = new URL("ftp://127.0.0.1:" + lab.number("port") + "/x").openStream()) {
                return in.read();
            }
        }
    }

    @Attack(
            says = "Fetches by a URL of the scheme jar with one of http in it.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class FetchJarOverWeb extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = new URL("jar:" + lab.text("web") + "!/x").openStream()) {
                return in.read();
            }
        }
    }

    @Attack(
            says = "Fetches through a class loader whose class path is a web address.",
            target = "network-access",
            with = "class-loading",
            by = Proof.NETWORK)
    public static final class FetchByLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {new URL(lab.text("web"))})) {
                return loader.findResource("x");
            }
        }
    }

    @Attack(
            says = "Fetches a class through a class loader whose class path is a web address.",
            target = "network-access",
            with = "class-loading",
            by = Proof.NETWORK)
    public static final class FetchClassByLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {new URL(lab.text("web"))})) {
                return loader.loadClass("not.there.At");
            }
        }
    }

    @Attack(says = "Fetches through ImageIO.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchImage extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return javax.imageio.ImageIO.read(new URL(lab.text("web")));
        }
    }

    @Attack(says = "Fetches through AudioSystem.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchSound extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return javax.sound.sampled.AudioSystem.getAudioInputStream(new URL(lab.text("web")))
                    .toString();
        }
    }

    @Attack(says = "Fetches through AudioSystem.getAudioFileFormat.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchSoundFormat extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return javax.sound.sampled.AudioSystem.getAudioFileFormat(new URL(lab.text("web")))
                    .toString();
        }
    }

    @Attack(says = "Fetches through MidiSystem.getSequence.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchMidi extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return javax.sound.midi.MidiSystem.getSequence(new URL(lab.text("web")))
                    .toString();
        }
    }

    @Attack(says = "Fetches through a Swing text pane.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchPage extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new javax.swing.JEditorPane(lab.text("web")).getText();
        }
    }

    @Attack(says = "Fetches through a Swing icon.", target = "network-access", by = Proof.NETWORK)
    public static final class FetchIcon extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new javax.swing.ImageIcon(new URL(lab.text("web"))).toString();
        }
    }

    @Attack(says = "Asks an RMI registry.", target = "network-access", with = "class-loading", by = Proof.NETWORK)
    public static final class AskRegistry extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return LocateRegistry.getRegistry("127.0.0.1", lab.number("port")).list().length;
        }
    }

    @Attack(
            says = "Connects through JNDI with LDAP.",
            target = "network-access",
            with = "class-loading",
            by = Proof.NETWORK)
    public static final class AskLdap extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Hashtable<String, String> settings = new Hashtable<>();
            settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
            settings.put(Context.PROVIDER_URL, "ldap://127.0.0.1:" + lab.number("port"));
            return new InitialDirContext(settings).toString();
        }
    }

    @Attack(
            says = "Sends a question through JNDI with DNS.",
            target = "network-access",
            with = "class-loading",
            by = Proof.NETWORK)
    public static final class AskDns extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Hashtable<String, String> settings = new Hashtable<>();
            settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
            settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + lab.number("udp"));
            settings.put("com.sun.jndi.dns.timeout.initial", "200");
            settings.put("com.sun.jndi.dns.timeout.retries", "1");
            return new InitialDirContext(settings)
                    .getAttributes("leaked.example")
                    .toString();
        }
    }

    @Attack(
            says = "Connects through a row set whose data source is a JNDI name.",
            target = "network-access",
            with = "class-loading",
            by = Proof.NETWORK)
    public static final class AskByRowSet extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var rows = javax.sql.rowset.RowSetProvider.newFactory().createJdbcRowSet();
            rows.setDataSourceName("ldap://127.0.0.1:" + lab.number("port") + "/x");
            rows.execute();
            return null;
        }
    }

    @Attack(says = "Listens with ServerSocket.", target = "network-access", by = Proof.LISTEN)
    public static final class Listen extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (ServerSocket server = new ServerSocket(0)) {
                lab.say(server.getLocalPort());
            }
            return null;
        }
    }

    @Attack(
            says = "Listens with a ServerSocket that was made without an address.",
            target = "network-access",
            by = Proof.LISTEN)
    public static final class ListenLater extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (ServerSocket server = new ServerSocket()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                lab.say(server.getLocalPort());
            }
            return null;
        }
    }

    @Attack(says = "Listens with ServerSocketChannel.", target = "network-access", by = Proof.LISTEN)
    public static final class ListenChannel extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                lab.say(server.socket().getLocalPort());
            }
            return null;
        }
    }

    @Attack(says = "Listens by the socket that belongs to a channel.", target = "network-access", by = Proof.LISTEN)
    public static final class ListenChannelsSocket extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.socket().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                lab.say(server.socket().getLocalPort());
            }
            return null;
        }
    }

    @Attack(says = "Starts a web server.", target = "network-access", by = Proof.LISTEN)
    public static final class ServeWeb extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            lab.say(server.getAddress().getPort());
            server.stop(0);
            return null;
        }
    }

    @Attack(says = "Starts an RMI registry.", target = "network-access", with = "class-loading", by = Proof.LISTEN)
    public static final class ServeRegistry extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            int port = lab.number("free");
            LocateRegistry.createRegistry(port);
            lab.say(port);
            return null;
        }
    }

    @Attack(
            says = "Listens with a channel that it takes for what all channels of the network are.",
            target = "network-access",
            by = Proof.LISTEN)
    public static final class ListenByInterface extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                java.nio.channels.NetworkChannel channel = server;
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                lab.say(((InetSocketAddress) channel.getLocalAddress()).getPort());
            }
            return null;
        }
    }

    @Attack(
            says = "Starts a web server through the provider of web servers.",
            target = "network-access",
            by = Proof.LISTEN)
    public static final class ServeByProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            HttpServer server = com.sun.net.httpserver.spi.HttpServerProvider.provider()
                    .createHttpServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            lab.say(server.getAddress().getPort());
            server.stop(0);
            return null;
        }
    }

    @Attack(
            says = "Asks another machine for certificates by a CertStore.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class AskCertificates extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var where = new LDAPCertStoreParameters("127.0.0.1", lab.number("port"));
            return CertStore.getInstance("LDAP", where).getCRLs(new X509CRLSelector() {
                @Override
                public java.util.Collection<javax.security.auth.x500.X500Principal> getIssuers() {
                    return java.util.Set.of(new javax.security.auth.x500.X500Principal("CN=x"));
                }
            });
        }
    }

    @Attack(says = "Shows a text with a picture, which is fetched.", target = "network-access", by = Proof.NETWORK)
    public static final class ShowText extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new javax.swing.JLabel("<html><img src='" + lab.text("web") + "'></html>").getPreferredSize();
            return null;
        }
    }
}

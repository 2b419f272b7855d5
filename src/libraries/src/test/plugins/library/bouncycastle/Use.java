package library.bouncycastle;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import library.LibraryPlugin;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.util.encoders.Hex;

/** Hashes, and signs with keys of its own. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        byte[] text = "Bern".getBytes(StandardCharsets.UTF_8);
        SHA3Digest digest = new SHA3Digest(256);
        digest.update(text, 0, text.length);
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = generator.generateKeyPair();
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, pair.getPrivate());
        signer.update(text, 0, text.length);
        byte[] signature = signer.generateSignature();
        signer.init(false, pair.getPublic());
        signer.update(text, 0, text.length);
        return Hex.toHexString(hash, 0, 8) + " " + signer.verifySignature(signature);
    }
}

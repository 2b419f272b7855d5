package attack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignedObject;
import javax.crypto.NullCipher;
import javax.crypto.SealedObject;

/** Objects that are read from bytes. */
final class ObjectStreamAttacks {
    private ObjectStreamAttacks() {}

    private static Lab spoken;

    private static byte[] written(Object object) throws java.io.IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /** An object that speaks while it is read. */
    private static final class Speaking implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            spoken.say("read");
        }
    }

    /** A stream of its own. */
    private static final class OwnObjects extends ObjectInputStream {
        OwnObjects(byte[] bytes) throws java.io.IOException {
            super(new ByteArrayInputStream(bytes));
        }
    }

    @Attack(says = "Has code run while an object is read.", target = "reflection", by = Proof.READ_OBJECT)
    public static final class Read extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            spoken = lab;
            try (var in = new ObjectInputStream(new ByteArrayInputStream(written(new Speaking())))) {
                return in.readObject().toString();
            }
        }
    }

    @Attack(
            says = "Has code run while an object is read by a stream of its own class.",
            target = "reflection",
            by = Proof.READ_OBJECT)
    public static final class ReadSubclass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            spoken = lab;
            try (var in = new OwnObjects(written(new Speaking()))) {
                return in.readObject().toString();
            }
        }
    }

    @Attack(says = "Has code run while a sealed object is opened.", target = "reflection", by = Proof.READ_OBJECT)
    public static final class ReadSealed extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            spoken = lab;
            return new SealedObject(new Speaking(), new NullCipher())
                    .getObject(new NullCipher())
                    .toString();
        }
    }

    @Attack(says = "Has code run while a signed object is opened.", target = "reflection", by = Proof.READ_OBJECT)
    public static final class ReadSigned extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            spoken = lab;
            var keys = KeyPairGenerator.getInstance("DSA").generateKeyPair();
            return new SignedObject(new Speaking(), keys.getPrivate(), Signature.getInstance("SHA256withDSA"))
                    .getObject()
                    .toString();
        }
    }
}

package io.dataprism.attacks.host;

import java.net.Authenticator;
import java.net.PasswordAuthentication;

/** Knows the host's password for other machines. */
final class Passwords extends Authenticator {
    private final String word;

    Passwords(String word) {
        this.word = word;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication("host", word.toCharArray());
    }
}

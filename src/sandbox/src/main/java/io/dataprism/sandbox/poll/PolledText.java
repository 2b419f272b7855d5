package io.dataprism.sandbox.poll;

/**
 * A text that the JDK goes through for a plugin: each character that it asks for is a poll. So a regular expression that tries more ways to match than
 * there is time for ends with the plugin. Parts of it are the text's own again.
 */
final class PolledText implements CharSequence {
    private final LoopPoll poll;
    private final CharSequence text;

    PolledText(LoopPoll poll, CharSequence text) {
        this.poll = poll;
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        poll.look();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

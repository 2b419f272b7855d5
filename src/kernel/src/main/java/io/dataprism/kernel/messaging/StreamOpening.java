package io.dataprism.kernel.messaging;

/** That a call is to be answered with a stream: on which terms, and to whom. */
record StreamOpening(StreamTerms terms, StreamSink sink) {}

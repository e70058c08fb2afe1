#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Certificates that the openssl command makes, as files and as x5chain."""
import datetime

import judge
from judge import CURVES, openssl

CA = 'basicConstraints=critical,CA:TRUE\n'


class Certs(judge.KeyTest):
    def new_root(self, name, curve='P-384'):
        key = self.new_key(name + '.key', curve)
        return self.file(name + '.pem', openssl('req', '-x509', '-new', '-key', key, '-days', '30',
                                                '-subj', f'/O=Example/CN={name}'))

    def new_cert(self, name, issuer, extensions='', curve='P-384'):
        """Signed by the key beside the issuer's certificate; a CA's lasts longer."""
        key = self.new_key(name + '.key', curve)
        request = openssl('req', '-new', '-key', key, '-subj', f'/O=Example/CN={name}')
        made = openssl('x509', '-req', '-CA', issuer, '-CAkey', issuer.with_suffix('.key'),
                       '-days', '20' if extensions == CA else '10', '-set_serial', '7', '-extfile',
                       self.file('extensions', extensions), data=request)
        return self.file(name + '.pem', made)

    def hierarchy(self, curve='P-384'):
        root = self.new_root('root')
        middle = self.new_cert('middle', root, CA)
        return root, middle, self.new_cert('leaf', middle, 'keyUsage=digitalSignature\n', curve)

    def der(self, cert):
        path = cert.with_suffix('.der')
        path.write_bytes(openssl('x509', '-in', cert, '-outform', 'DER'))
        return path

    def end(self, cert):
        line = openssl('x509', '-in', cert, '-noout', '-enddate').decode().strip()
        when = datetime.datetime.strptime(line, 'notAfter=%b %d %H:%M:%S %Y GMT')
        return int(when.replace(tzinfo=datetime.timezone.utc).timestamp())

    def find(self, at, curve, carried, *files):
        chain = ','.join(str(self.der(cert)) for cert in carried) or '-'
        return self.lines('find', at, CURVES[curve][2], chain, *files)

    def test_chain_file(self):
        for curve in CURVES:
            certs = self.hierarchy(curve)
            path = self.file('chain', b''.join(cert.read_bytes() for cert in reversed(certs)))
            line = self.line(certs[2].with_suffix('.key'), curve)
            self.assertEqual(self.lines('read', path), ['chain 3 ' + line])
            end = self.end(certs[2])
            self.assertEqual(self.find(end, curve, [], path), [line])
            said, = self.find(end + 1, curve, [], path)
            self.assertIn('certificate 1 expired at ', said)
            wrong = self.file('wrong', b''.join(cert.read_bytes() for cert in certs))
            self.assert_refused('EINVAL', 'not issued by', 'read', wrong)

    def test_one_certificate(self):
        leaf = self.hierarchy()[2]
        line = self.line(leaf.with_suffix('.key'), 'P-384')
        for path in (leaf, self.der(leaf)):
            self.assertEqual(self.lines('read', path), ['chain 1 ' + line])
        longer = self.file('longer', self.der(leaf).read_bytes() + b'\0')
        self.assert_refused('EBADMSG', 'no key and no certificate', 'read', longer)

    def test_carried(self):
        root, middle, leaf = self.hierarchy('P-256')
        end, line = self.end(leaf), self.line(leaf.with_suffix('.key'), 'P-256')
        for anchor, carried in ((root, [leaf, middle]), (root, [leaf, middle, root]),
                                (middle, [leaf]), (leaf, [leaf])):
            self.assertIn(line, self.find(end, 'P-256', carried, anchor))
        said, = self.find(end + 1, 'P-256', [leaf, middle], root)
        self.assertIn('x5chain: certificate 1 expired at ', said)
        said, = self.find(end, 'P-256', [leaf], root)
        self.assertIn('x5chain: certificate 1: unable to get', said)
        said, = self.find(end, 'P-256', [leaf, middle, root], self.new_root('root'))
        self.assertIn('x5chain: ', said)

    def test_not_issued_by_a_ca(self):
        root = self.new_root('root')
        middle = self.new_cert('middle', root)
        leaf = self.new_cert('leaf', middle, curve='P-256')
        said, = self.find(self.end(leaf), 'P-256', [leaf, middle], root)
        self.assertIn('x5chain: certificate 2: invalid CA certificate', said)


if __name__ == '__main__':
    judge.main()
